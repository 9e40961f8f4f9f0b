"""People, agencies, roles, areas, devices (账号、机构、角色、辖区、设备)."""
